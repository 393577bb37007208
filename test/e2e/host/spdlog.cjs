/**
 * Stands in for the native module `@vscode/spdlog`: appends each line to the log's file.
 * Without any, VS Code's output channels and logs stay empty.
 */
const fs = require("node:fs");
const path = require("node:path");

const levels = ["trace", "debug", "info", "warn", "error", "critical"];
const INFO = 2;

class Logger {
	constructor(_type, _name, file) {
		this.file = file;
		this.level = INFO;
		this.plain = false;
		fs.mkdirSync(path.dirname(file), { recursive: true });
		fs.appendFileSync(file, "");
	}
	getLevel() {
		return this.level;
	}
	setLevel(level) {
		this.level = level;
	}
	/** Output channels switch the prefix of each line off this way. */
	clearFormatters() {
		this.plain = true;
	}
	setPattern() {}
	flush() {}
	drop() {}
}

for (const [level, name] of levels.entries()) {
	Logger.prototype[name] = function (message) {
		if (level >= this.level) {
			fs.appendFileSync(this.file, this.plain ? message : `${new Date().toISOString()} [${name}] ${message}\n`);
		}
	};
}

exports.version = 0;
exports.Logger = Logger;
exports.setLevel = () => {};
exports.setFlushOn = () => {};
exports.createRotatingLogger = async (name, file) => new Logger("rotating", name, file);
exports.createAsyncRotatingLogger = async (name, file) => new Logger("rotating_async", name, file);
