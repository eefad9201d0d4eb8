"""Auditing reports: across years, text against tables, and a second reading."""
