"""Reads and checks the company's book; knows which edition is in force. No database."""
