"""A template drawn from its source."""

from django.template import Context, Template


def rendered(source, **values):
    return Template(source).render(Context(values))
