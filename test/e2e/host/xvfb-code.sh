#!/bin/sh
# A desktop VS Code on a machine without a display.
exec xvfb-run --auto-servernum "$VSCODE_EXECUTABLE" "$@"
