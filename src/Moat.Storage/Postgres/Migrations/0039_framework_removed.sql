-- A framework that was added as a file can be replaced by its next edition, and taken out of the list with a reason.

ALTER TABLE framework ADD COLUMN removed_on date;
ALTER TABLE framework ADD COLUMN removed_because character varying(2000);
