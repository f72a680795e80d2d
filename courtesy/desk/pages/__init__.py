"""The desk's pages: each view parses, calls one verb and renders."""
