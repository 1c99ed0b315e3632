"""The event stream: native ASGI, because a stream holds no thread while it waits."""
