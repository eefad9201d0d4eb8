"""Made-up reports as files of every kind that people hold: what the readers are measured on."""
