-- A seal over everything by which somebody gets in with an account. The program adds the seals of the accounts that are there to this step.
ALTER TABLE "account" ADD COLUMN "seal" TEXT NULL;
