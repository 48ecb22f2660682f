"""What readers take away: downloads and the API, feeds, calendars, briefs to paste from, share cards, the search, the field dictionary."""
