-- Objectives whose number is folded from what Prometheus answers over their period.

ALTER TABLE objective ADD COLUMN fold character varying(40) NOT NULL DEFAULT 'Now';
ALTER TABLE objective ADD COLUMN step_minutes integer NOT NULL DEFAULT 60;
