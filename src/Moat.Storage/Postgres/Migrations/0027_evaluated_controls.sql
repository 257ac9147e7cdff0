-- A person's look at a control that found nothing to change (why, when, who), and since when it is claimed to be in place.

ALTER TABLE control ADD COLUMN evaluation character varying(2000);
ALTER TABLE control ADD COLUMN evaluated_on date;
ALTER TABLE control ADD COLUMN evaluated_by character varying(200);
ALTER TABLE control ADD COLUMN claimed_since timestamp with time zone;
