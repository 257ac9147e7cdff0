-- What was taken out of the registers, by whom and why.

CREATE TABLE "retirement" (
    "organization_id" TEXT NOT NULL,
    "id" TEXT NOT NULL,
    "subject_ref" TEXT NOT NULL,
    "subject_id" TEXT NOT NULL,
    "title" TEXT NOT NULL,
    "because" TEXT NOT NULL,
    "by" TEXT NOT NULL,
    "on" TEXT NOT NULL,
    "merged_into" TEXT NULL,
    "reopened_on" TEXT NULL,
    "reopened_by" TEXT NULL,
    "reopened_because" TEXT NULL,
    "version" INTEGER NOT NULL,
    "created_at" TEXT NOT NULL,
    "changed_at" TEXT NOT NULL,
    "changed_by" TEXT NOT NULL,
    CONSTRAINT "pk_retirement" PRIMARY KEY ("organization_id", "id")
);

CREATE INDEX "ix_retirement_organization_id_subject_id" ON "retirement" ("organization_id", "subject_id");
