"""Build what the server makes once at start: pages, lists and indexes."""
