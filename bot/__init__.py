"""Deskcheck thinks here: reading articles, finding claims, the desk's rules, publishing."""
