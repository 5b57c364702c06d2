"""What developers, translators and therapists run: the parts behind the `hearth` commands."""
