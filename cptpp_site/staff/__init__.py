"""How staff sign in: a password and a one-time code, limits of their sessions, lock-out, accounts."""
