"""Counts the lines of templates that were drawn: the kept plugin of coverage, asked less often (see pyproject.toml).

The plugin is asked at every call inside `django.template`, most of which render no node, and works the lines of a node out
anew each time it is drawn. Here only modules with nodes are watched, and the lines of a node are kept with the node.
"""

from pathlib import Path

from django_coverage_plugin.plugin import DjangoTemplatePlugin

WITH_NODES = {"base.py", "defaulttags.py", "loader_tags.py", "library.py"}


class TemplateLines(DjangoTemplatePlugin):
    """Lines of templates as the kept plugin counts them."""

    def file_tracer(self, filename):
        """Itself for modules whose nodes are drawn, else nothing."""
        return super().file_tracer(filename) if Path(filename).name in WITH_NODES else None

    def line_number_range(self, frame):
        """First and last line of the node a frame draws; (-1, -1) where it has none of its own."""
        node = frame.f_locals["self"]
        try:
            return node.drawn_lines
        except AttributeError:
            node.drawn_lines = super().line_number_range(frame)
            return node.drawn_lines


def coverage_init(registry, options):
    """What coverage calls to make the plugin known."""
    plugin = TemplateLines(options)
    registry.add_file_tracer(plugin)
    registry.add_configurer(plugin)
