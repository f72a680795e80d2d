"""Articles made searchable; answers carry their source; gaps are remembered."""
