import { check } from "./check.ts";
import type { Command } from "./command.ts";
import { lsp } from "./lsp.ts";
import { paths } from "./paths.ts";
import { render } from "./render.ts";
import { explain, rules } from "./rules.ts";

/** Everything that `portolan` does, in the order of its help. */
export const COMMANDS: readonly Command[] = [check, paths, render, rules, explain, lsp];
