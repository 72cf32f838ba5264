#!/bin/sh
# Serves /www until the container is stopped.
echo "Serving on port $PORT"
exec httpd -f -v -p "$PORT" -h /www
