"""The site as it runs in production, as plain processes: PostgreSQL over TCP, web replicas, nginx before them."""
