/* What libical sees of a calendar file: UID, start, status and summary, by tabs.
   libical_view FILE FROM TO      (seconds since 1970; the viewer's zone is TZ) */
#include <libical/ical.h>
#include <stdio.h>
#include <stdlib.h>

static icalcomponent *event;

static void put(icalcomponent *c, struct icaltime_span *span, void *unused) {
  (void)c; (void)unused;
  icaltimetype start = icalcomponent_get_dtstart(event);
  icalproperty *status = icalcomponent_get_first_property(event, ICAL_STATUS_PROPERTY);
  struct tm *utc = gmtime(&span->start);
  char when[32];
  strftime(when, sizeof when, start.is_date ? "%Y-%m-%d" : "%Y-%m-%dT%H:%M:%SZ", utc);
  printf("%s\t%s\t%s\t%s\n", icalcomponent_get_uid(event), when,
         status ? icalproperty_get_value_as_string(status) : "",
         icalcomponent_get_summary(event));
}

int main(int count, char **given) {
  if (count != 4) return 2;
  FILE *file = fopen(given[1], "rb");
  if (!file) return 3;
  fseek(file, 0, SEEK_END);
  long length = ftell(file);
  rewind(file);
  char *text = calloc(length + 1, 1);
  if (fread(text, 1, length, file) != (size_t)length) return 3;
  icalcomponent *whole = icalparser_parse_string(text);
  if (!whole) return 4;
  icaltimezone *utc = icaltimezone_get_utc_timezone();
  icaltimetype first = icaltime_from_timet_with_zone(atoll(given[2]), 0, utc);
  icaltimetype last = icaltime_from_timet_with_zone(atoll(given[3]), 0, utc);
  for (event = icalcomponent_get_first_component(whole, ICAL_VEVENT_COMPONENT); event;
       event = icalcomponent_get_next_component(whole, ICAL_VEVENT_COMPONENT))
    icalcomponent_foreach_recurrence(event, first, last, put, 0);
  return 0;
}
