"""What goes in and what comes out, for the OpenAPI document. A test holds every response against it."""
