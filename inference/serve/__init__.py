"""A service on one's own machine: pages in, checked tables out, and the answers of the person who looks."""
