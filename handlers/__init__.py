"""Deskcheck talks here: every edge where the outside calls in."""
