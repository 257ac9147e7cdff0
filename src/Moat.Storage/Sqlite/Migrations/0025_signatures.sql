-- An acceptance above the appetite waits for top management, and says what ended it. An absence says who recorded it.

ALTER TABLE "risk_acceptance" ADD COLUMN "appetite" INTEGER;
ALTER TABLE "risk_acceptance" ADD COLUMN "needs_agreement" INTEGER NOT NULL DEFAULT 0;
ALTER TABLE "risk_acceptance" ADD COLUMN "agreed_by" TEXT;
ALTER TABLE "risk_acceptance" ADD COLUMN "agreed_at" TEXT;
ALTER TABLE "risk_acceptance" ADD COLUMN "ended_because" TEXT;
ALTER TABLE "absence" ADD COLUMN "recorded_by_id" TEXT;
