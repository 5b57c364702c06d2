"""Everything that is made once at start: pages, lists, indexes."""
