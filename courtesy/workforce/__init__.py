"""Colleagues, teams, skills and presence: who is free and fit."""
