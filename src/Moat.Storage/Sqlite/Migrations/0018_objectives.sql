-- Numbers keep the target of their day and can be withdrawn; objectives can be dropped; conclusions say how a target moved.

ALTER TABLE "measurement" ADD COLUMN "target" TEXT NULL;
ALTER TABLE "measurement" ADD COLUMN "withdrawn_at" TEXT NULL;
ALTER TABLE "measurement" ADD COLUMN "withdrawn_because" TEXT NULL;
ALTER TABLE "objective" ADD COLUMN "dropped_on" TEXT NULL;
ALTER TABLE "objective_evaluation" ADD COLUMN "target_before" TEXT NULL;
ALTER TABLE "objective_evaluation" ADD COLUMN "target" TEXT NULL;
