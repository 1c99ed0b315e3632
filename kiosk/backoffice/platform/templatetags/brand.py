"""The brand in a page: `{% brand_colour "paper" %}`, `{% brand_file "brand.css" %}`."""

from django import template

from kiosk.backoffice.platform.branding import branding

register = template.Library()


@register.simple_tag
def brand_colour(name: str) -> str:
    """A colour of the day, #RRGGBB; raises KeyError for one that no brand has."""
    return branding().brand.day[name]


@register.simple_tag
def brand_file(name: str) -> str:
    """The address of one of the brand's files, which changes when the file does."""
    return branding().address(name)
