"""How a language writes dates where Canada differs from Django's habit for that language."""
