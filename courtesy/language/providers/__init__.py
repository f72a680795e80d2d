"""Language-model providers behind one port: they read, word, summarise and draft, and decide nothing."""
