-- Until when the fact that stands was observed to be so: what is told late of an earlier moment does not overtake it.

ALTER TABLE resource ADD COLUMN confirmed_at timestamp with time zone NOT NULL DEFAULT '-infinity';
UPDATE resource SET confirmed_at = observed_at;
