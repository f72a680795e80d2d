"""Connections: asks and acts in the company's own systems, as its pack declares; every act once."""
