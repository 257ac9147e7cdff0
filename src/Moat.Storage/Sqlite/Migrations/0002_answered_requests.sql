-- Answers of requests that carried an Idempotency-Key, kept for a day.
CREATE TABLE "answered_request" (
    "organization_id" TEXT NOT NULL,
    "key" TEXT NOT NULL,
    "operation" TEXT NOT NULL,
    "input_sha256" TEXT NOT NULL,
    "answer" TEXT NOT NULL,
    "at" TEXT NOT NULL,
    CONSTRAINT "pk_answered_request" PRIMARY KEY ("organization_id", "key")
);
CREATE INDEX "ix_answered_request_organization_id_at" ON "answered_request" ("organization_id", "at");
