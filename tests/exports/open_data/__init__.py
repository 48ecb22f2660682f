"""What readers take away: tables, the package, the API, feeds, calendars."""
