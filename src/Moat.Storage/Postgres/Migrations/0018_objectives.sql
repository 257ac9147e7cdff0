-- Numbers keep the target of their day and can be withdrawn; objectives can be dropped; conclusions say how a target moved.

ALTER TABLE measurement ADD COLUMN target numeric(18,4);
ALTER TABLE measurement ADD COLUMN withdrawn_at timestamp with time zone;
ALTER TABLE measurement ADD COLUMN withdrawn_because character varying(2000);
ALTER TABLE objective ADD COLUMN dropped_on date;
ALTER TABLE objective_evaluation ADD COLUMN target_before numeric(18,4);
ALTER TABLE objective_evaluation ADD COLUMN target numeric(18,4);
