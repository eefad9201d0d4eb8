"""One table of every body and year: harmonised series, doubts kept, for Stata, R, Excel and others."""
