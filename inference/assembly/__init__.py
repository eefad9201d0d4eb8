"""Assembly: from tagged spans to one reading of the page, and what it leaves open."""
