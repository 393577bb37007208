import {
	type CancellationToken,
	type Connection,
	LSPErrorCodes,
	type NotificationType,
	type RequestType,
	ResponseError,
} from "vscode-languageserver/node";
import type { Context } from "./context.ts";

/** Registers a handler for a request or a notification. */
export type Registration = (connection: Connection, context: Context) => void;

/** A request's handler; a fault in it is logged, and `otherwise` answered. */
export function request<P, R>(
	type: RequestType<P, R, unknown>,
	handle: (context: Context, params: P, token: CancellationToken) => R | Promise<R>,
	otherwise: R,
): Registration {
	return (connection, context) => {
		// A request without parameters is called with the token alone.
		const answer = async (params: P, token: CancellationToken = params as CancellationToken): Promise<R> => {
			try {
				const result = await handle(context, params, token);
				unlessCancelled(token);
				return result;
			} catch (error) {
				if (error instanceof ResponseError) throw error;
				context.failed(type.method, error);
				return otherwise;
			}
		};
		connection.onRequest<unknown, void>(type.method, answer);
	};
}

/** A notification's handler; a fault in it is logged. */
export function notification<P>(type: NotificationType<P>, handle: (context: Context, params: P) => void): Registration {
	return (connection, context) => {
		connection.onNotification(type.method, (params: P) => {
			try {
				handle(context, params);
			} catch (error) {
				context.failed(type.method, error);
			}
		});
	};
}

/** @throws when the client no longer wants the answer */
export function unlessCancelled(token: CancellationToken): void {
	if (token.isCancellationRequested) throw new ResponseError(LSPErrorCodes.RequestCancelled, "cancelled");
}
