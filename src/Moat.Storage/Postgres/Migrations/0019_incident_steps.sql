-- Answers of yes, no and open; steps of an incident that were left out, for a reason; rounds of one that came back; a review without a lesson.

ALTER TABLE incident ADD COLUMN ruled_out text NOT NULL DEFAULT '[]';
ALTER TABLE incident ADD COLUMN not_contained_because character varying(2000);
ALTER TABLE incident ADD COLUMN not_eradicated_because character varying(2000);
ALTER TABLE incident ADD COLUMN round integer NOT NULL DEFAULT 1;
ALTER TABLE incident ADD COLUMN reopened_at timestamp with time zone;
ALTER TABLE incident ADD COLUMN first_contained_at timestamp with time zone;
ALTER TABLE incident ADD COLUMN first_recovered_at timestamp with time zone;
ALTER TABLE incident_review ADD COLUMN no_lesson_because character varying(2000);
