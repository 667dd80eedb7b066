"""Filters and tags of the house, loaded into every template."""

from django import template

register = template.Library()
