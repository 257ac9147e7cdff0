-- Documents, training, competence, suppliers and communication.
ALTER TABLE "person" ADD COLUMN "manager_id" TEXT NULL;
ALTER TABLE "person" ADD COLUMN "joined_on" TEXT NULL;

CREATE TABLE "acknowledgement" (
    "organization_id" TEXT NOT NULL,
    "id" TEXT NOT NULL,
    "document_id" TEXT NOT NULL,
    "version_id" TEXT NOT NULL,
    "what" TEXT NOT NULL,
    "person_id" TEXT NOT NULL,
    "due_on" TEXT NOT NULL,
    "sha256" TEXT NOT NULL,
    "confirmed_at" TEXT NULL,
    "replaced_at" TEXT NULL,
    "reminded_on" TEXT NULL,
    "version" INTEGER NOT NULL,
    "created_at" TEXT NOT NULL,
    "changed_at" TEXT NOT NULL,
    "changed_by" TEXT NOT NULL,
    "number" INTEGER NOT NULL,
    "search" TEXT NOT NULL,
    CONSTRAINT "pk_acknowledgement" PRIMARY KEY ("organization_id", "id")
);

CREATE TABLE "communication_entry" (
    "organization_id" TEXT NOT NULL,
    "id" TEXT NOT NULL,
    "what" TEXT NOT NULL,
    "when" TEXT NOT NULL,
    "every_days" INTEGER NULL,
    "with_whom" TEXT NOT NULL,
    "owner_id" TEXT NULL,
    "owner_role" TEXT NOT NULL,
    "how" TEXT NOT NULL,
    "last_on" TEXT NULL,
    "next_on" TEXT NULL,
    "version" INTEGER NOT NULL,
    "created_at" TEXT NOT NULL,
    "changed_at" TEXT NOT NULL,
    "changed_by" TEXT NOT NULL,
    "number" INTEGER NOT NULL,
    "search" TEXT NOT NULL,
    "standing" TEXT NOT NULL,
    "why_proposed" TEXT NULL,
    "source" TEXT NULL,
    CONSTRAINT "pk_communication_entry" PRIMARY KEY ("organization_id", "id")
);

CREATE TABLE "communication_sent" (
    "organization_id" TEXT NOT NULL,
    "id" TEXT NOT NULL,
    "entry_id" TEXT NOT NULL,
    "what" TEXT NOT NULL,
    "to_whom" TEXT NOT NULL,
    "on" TEXT NOT NULL,
    "by" TEXT NOT NULL,
    "address" TEXT NULL,
    "version" INTEGER NOT NULL,
    "created_at" TEXT NOT NULL,
    "changed_at" TEXT NOT NULL,
    "changed_by" TEXT NOT NULL,
    "number" INTEGER NOT NULL,
    "search" TEXT NOT NULL,
    CONSTRAINT "pk_communication_sent" PRIMARY KEY ("organization_id", "id")
);

CREATE TABLE "competence_need" (
    "organization_id" TEXT NOT NULL,
    "id" TEXT NOT NULL,
    "role_key" TEXT NOT NULL,
    "role_title" TEXT NOT NULL,
    "what" TEXT NOT NULL,
    "version" INTEGER NOT NULL,
    "created_at" TEXT NOT NULL,
    "changed_at" TEXT NOT NULL,
    "changed_by" TEXT NOT NULL,
    "number" INTEGER NOT NULL,
    "search" TEXT NOT NULL,
    "standing" TEXT NOT NULL,
    "why_proposed" TEXT NULL,
    "source" TEXT NULL,
    CONSTRAINT "pk_competence_need" PRIMARY KEY ("organization_id", "id")
);

CREATE TABLE "competence_proof" (
    "organization_id" TEXT NOT NULL,
    "id" TEXT NOT NULL,
    "need_id" TEXT NOT NULL,
    "person_id" TEXT NOT NULL,
    "ground" TEXT NOT NULL,
    "what" TEXT NOT NULL,
    "shown" INTEGER NOT NULL,
    "judged_by" TEXT NOT NULL,
    "judged_on" TEXT NOT NULL,
    "step" TEXT NULL,
    "step_by" TEXT NULL,
    "checked_on" TEXT NULL,
    "checked_how" TEXT NULL,
    "closed" INTEGER NULL,
    "version" INTEGER NOT NULL,
    "created_at" TEXT NOT NULL,
    "changed_at" TEXT NOT NULL,
    "changed_by" TEXT NOT NULL,
    "number" INTEGER NOT NULL,
    "search" TEXT NOT NULL,
    CONSTRAINT "pk_competence_proof" PRIMARY KEY ("organization_id", "id")
);

CREATE TABLE "course_assignment" (
    "organization_id" TEXT NOT NULL,
    "id" TEXT NOT NULL,
    "course_id" TEXT NOT NULL,
    "title" TEXT NOT NULL,
    "person_id" TEXT NOT NULL,
    "why" TEXT NOT NULL,
    "due_on" TEXT NOT NULL,
    "passed_at" TEXT NULL,
    "score" INTEGER NULL,
    "valid_until" TEXT NULL,
    "ended_at" TEXT NULL,
    "ended_because" TEXT NULL,
    "version" INTEGER NOT NULL,
    "created_at" TEXT NOT NULL,
    "changed_at" TEXT NOT NULL,
    "changed_by" TEXT NOT NULL,
    "number" INTEGER NOT NULL,
    "search" TEXT NOT NULL,
    CONSTRAINT "pk_course_assignment" PRIMARY KEY ("organization_id", "id")
);

CREATE TABLE "document" (
    "organization_id" TEXT NOT NULL,
    "id" TEXT NOT NULL,
    "key" TEXT NOT NULL,
    "title" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "classification" TEXT NOT NULL,
    "owner_id" TEXT NULL,
    "review_days" INTEGER NOT NULL,
    "next_review_on" TEXT NULL,
    "audience" TEXT NOT NULL,
    "distribution" TEXT NULL,
    "clauses" TEXT NOT NULL,
    "controls" TEXT NOT NULL,
    "address" TEXT NULL,
    "file_sha256" TEXT NULL,
    "file_name" TEXT NULL,
    "reviewed_on" TEXT NULL,
    "retired_at" TEXT NULL,
    "retired_because" TEXT NULL,
    "version" INTEGER NOT NULL,
    "created_at" TEXT NOT NULL,
    "changed_at" TEXT NOT NULL,
    "changed_by" TEXT NOT NULL,
    "number" INTEGER NOT NULL,
    "search" TEXT NOT NULL,
    "standing" TEXT NOT NULL,
    "why_proposed" TEXT NULL,
    "source" TEXT NULL,
    CONSTRAINT "pk_document" PRIMARY KEY ("organization_id", "id")
);

CREATE TABLE "document_remark" (
    "organization_id" TEXT NOT NULL,
    "id" TEXT NOT NULL,
    "version_id" TEXT NOT NULL,
    "by" TEXT NOT NULL,
    "remark" TEXT NOT NULL,
    "paragraph" TEXT NULL,
    "instead" TEXT NULL,
    "state" TEXT NOT NULL,
    "answer" TEXT NULL,
    "version" INTEGER NOT NULL,
    "created_at" TEXT NOT NULL,
    "changed_at" TEXT NOT NULL,
    "changed_by" TEXT NOT NULL,
    "number" INTEGER NOT NULL,
    "search" TEXT NOT NULL,
    CONSTRAINT "pk_document_remark" PRIMARY KEY ("organization_id", "id")
);

CREATE TABLE "document_review" (
    "organization_id" TEXT NOT NULL,
    "id" TEXT NOT NULL,
    "version_id" TEXT NOT NULL,
    "person_id" TEXT NOT NULL,
    "round" INTEGER NOT NULL,
    "verdict" TEXT NOT NULL,
    "note" TEXT NULL,
    "at" TEXT NULL,
    "seen_text" TEXT NULL,
    "version" INTEGER NOT NULL,
    "created_at" TEXT NOT NULL,
    "changed_at" TEXT NOT NULL,
    "changed_by" TEXT NOT NULL,
    "number" INTEGER NOT NULL,
    "search" TEXT NOT NULL,
    CONSTRAINT "pk_document_review" PRIMARY KEY ("organization_id", "id")
);

CREATE TABLE "document_version" (
    "organization_id" TEXT NOT NULL,
    "id" TEXT NOT NULL,
    "document_id" TEXT NOT NULL,
    "title" TEXT NOT NULL,
    "major" INTEGER NOT NULL,
    "minor" INTEGER NOT NULL,
    "source" TEXT NOT NULL,
    "decisions" TEXT NOT NULL,
    "text" TEXT NOT NULL,
    "sha256" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "authors" TEXT NOT NULL,
    "change_reason" TEXT NOT NULL,
    "round" INTEGER NOT NULL,
    "text_at_review" TEXT NULL,
    "approved_by" TEXT NULL,
    "approved_at" TEXT NULL,
    "approved_sha256" TEXT NULL,
    "published_at" TEXT NULL,
    "stamped_at" TEXT NULL,
    "stamp_token" TEXT NULL,
    "version" INTEGER NOT NULL,
    "created_at" TEXT NOT NULL,
    "changed_at" TEXT NOT NULL,
    "changed_by" TEXT NOT NULL,
    "number" INTEGER NOT NULL,
    "search" TEXT NOT NULL,
    CONSTRAINT "pk_document_version" PRIMARY KEY ("organization_id", "id")
);

CREATE TABLE "external_training" (
    "organization_id" TEXT NOT NULL,
    "id" TEXT NOT NULL,
    "person_id" TEXT NOT NULL,
    "title" TEXT NOT NULL,
    "provider" TEXT NOT NULL,
    "on" TEXT NOT NULL,
    "valid_until" TEXT NULL,
    "file_name" TEXT NULL,
    "file_sha256" TEXT NULL,
    "version" INTEGER NOT NULL,
    "created_at" TEXT NOT NULL,
    "changed_at" TEXT NOT NULL,
    "changed_by" TEXT NOT NULL,
    "number" INTEGER NOT NULL,
    "search" TEXT NOT NULL,
    CONSTRAINT "pk_external_training" PRIMARY KEY ("organization_id", "id")
);

CREATE TABLE "quiz_attempt" (
    "organization_id" TEXT NOT NULL,
    "id" TEXT NOT NULL,
    "assignment_id" TEXT NOT NULL,
    "person_id" TEXT NOT NULL,
    "title" TEXT NOT NULL,
    "questions" TEXT NOT NULL,
    "answers" TEXT NOT NULL,
    "finished_at" TEXT NULL,
    "score" INTEGER NULL,
    "passed" INTEGER NULL,
    "version" INTEGER NOT NULL,
    "created_at" TEXT NOT NULL,
    "changed_at" TEXT NOT NULL,
    "changed_by" TEXT NOT NULL,
    "number" INTEGER NOT NULL,
    "search" TEXT NOT NULL,
    CONSTRAINT "pk_quiz_attempt" PRIMARY KEY ("organization_id", "id")
);

CREATE TABLE "supplier" (
    "organization_id" TEXT NOT NULL,
    "id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "service" TEXT NOT NULL,
    "owner_id" TEXT NULL,
    "gets" TEXT NULL,
    "data_class" INTEGER NOT NULL,
    "stops_us" INTEGER NOT NULL,
    "tier" TEXT NOT NULL,
    "contract" TEXT NULL,
    "contract_ends_on" TEXT NULL,
    "data_agreement" TEXT NULL,
    "countries" TEXT NULL,
    "subprocessors" TEXT NULL,
    "trains_on_our_data" TEXT NOT NULL,
    "exit_plan" TEXT NULL,
    "assessed_on" TEXT NULL,
    "next_assessment_on" TEXT NULL,
    "judgement" TEXT NULL,
    "ended_on" TEXT NULL,
    "version" INTEGER NOT NULL,
    "created_at" TEXT NOT NULL,
    "changed_at" TEXT NOT NULL,
    "changed_by" TEXT NOT NULL,
    "number" INTEGER NOT NULL,
    "search" TEXT NOT NULL,
    "standing" TEXT NOT NULL,
    "why_proposed" TEXT NULL,
    "source" TEXT NULL,
    CONSTRAINT "pk_supplier" PRIMARY KEY ("organization_id", "id")
);

CREATE TABLE "supplier_certificate" (
    "organization_id" TEXT NOT NULL,
    "id" TEXT NOT NULL,
    "supplier_id" TEXT NOT NULL,
    "title" TEXT NOT NULL,
    "issuer" TEXT NOT NULL,
    "from" TEXT NOT NULL,
    "until" TEXT NOT NULL,
    "scope" TEXT NOT NULL,
    "exceptions" TEXT NULL,
    "file_name" TEXT NULL,
    "file_sha256" TEXT NULL,
    "version" INTEGER NOT NULL,
    "created_at" TEXT NOT NULL,
    "changed_at" TEXT NOT NULL,
    "changed_by" TEXT NOT NULL,
    "number" INTEGER NOT NULL,
    "search" TEXT NOT NULL,
    CONSTRAINT "pk_supplier_certificate" PRIMARY KEY ("organization_id", "id")
);

CREATE TABLE "supplier_questionnaire" (
    "organization_id" TEXT NOT NULL,
    "id" TEXT NOT NULL,
    "supplier_id" TEXT NOT NULL,
    "supplier_name" TEXT NOT NULL,
    "sent_to" TEXT NOT NULL,
    "secret_hash" TEXT NOT NULL,
    "expires_at" TEXT NOT NULL,
    "questions" TEXT NOT NULL,
    "answers" TEXT NOT NULL,
    "answered_by" TEXT NULL,
    "answered_at" TEXT NULL,
    "version" INTEGER NOT NULL,
    "created_at" TEXT NOT NULL,
    "changed_at" TEXT NOT NULL,
    "changed_by" TEXT NOT NULL,
    "number" INTEGER NOT NULL,
    "search" TEXT NOT NULL,
    CONSTRAINT "pk_supplier_questionnaire" PRIMARY KEY ("organization_id", "id")
);

CREATE UNIQUE INDEX "ix_acknowledgement_organization_id_number" ON "acknowledgement" ("organization_id", "number");
CREATE INDEX "ix_acknowledgement_organization_id_person_id" ON "acknowledgement" ("organization_id", "person_id");
CREATE INDEX "ix_acknowledgement_organization_id_version_id" ON "acknowledgement" ("organization_id", "version_id");
CREATE UNIQUE INDEX "ix_communication_entry_organization_id_number" ON "communication_entry" ("organization_id", "number");
CREATE INDEX "ix_communication_entry_organization_id_standing_number" ON "communication_entry" ("organization_id", "standing", "number");
CREATE INDEX "ix_communication_sent_organization_id_entry_id" ON "communication_sent" ("organization_id", "entry_id");
CREATE UNIQUE INDEX "ix_communication_sent_organization_id_number" ON "communication_sent" ("organization_id", "number");
CREATE UNIQUE INDEX "ix_competence_need_organization_id_number" ON "competence_need" ("organization_id", "number");
CREATE INDEX "ix_competence_need_organization_id_standing_number" ON "competence_need" ("organization_id", "standing", "number");
CREATE INDEX "ix_competence_proof_organization_id_need_id" ON "competence_proof" ("organization_id", "need_id");
CREATE UNIQUE INDEX "ix_competence_proof_organization_id_number" ON "competence_proof" ("organization_id", "number");
CREATE INDEX "ix_course_assignment_organization_id_course_id" ON "course_assignment" ("organization_id", "course_id");
CREATE UNIQUE INDEX "ix_course_assignment_organization_id_number" ON "course_assignment" ("organization_id", "number");
CREATE INDEX "ix_course_assignment_organization_id_person_id" ON "course_assignment" ("organization_id", "person_id");
CREATE INDEX "ix_document_organization_id_key" ON "document" ("organization_id", "key");
CREATE UNIQUE INDEX "ix_document_organization_id_number" ON "document" ("organization_id", "number");
CREATE INDEX "ix_document_organization_id_standing_number" ON "document" ("organization_id", "standing", "number");
CREATE UNIQUE INDEX "ix_document_remark_organization_id_number" ON "document_remark" ("organization_id", "number");
CREATE INDEX "ix_document_remark_organization_id_version_id" ON "document_remark" ("organization_id", "version_id");
CREATE UNIQUE INDEX "ix_document_review_organization_id_number" ON "document_review" ("organization_id", "number");
CREATE INDEX "ix_document_review_organization_id_version_id" ON "document_review" ("organization_id", "version_id");
CREATE INDEX "ix_document_version_organization_id_document_id" ON "document_version" ("organization_id", "document_id");
CREATE UNIQUE INDEX "ix_document_version_organization_id_number" ON "document_version" ("organization_id", "number");
CREATE INDEX "ix_document_version_organization_id_state" ON "document_version" ("organization_id", "state");
CREATE UNIQUE INDEX "ix_external_training_organization_id_number" ON "external_training" ("organization_id", "number");
CREATE INDEX "ix_external_training_organization_id_person_id" ON "external_training" ("organization_id", "person_id");
CREATE INDEX "ix_quiz_attempt_organization_id_assignment_id" ON "quiz_attempt" ("organization_id", "assignment_id");
CREATE UNIQUE INDEX "ix_quiz_attempt_organization_id_number" ON "quiz_attempt" ("organization_id", "number");
CREATE UNIQUE INDEX "ix_supplier_organization_id_number" ON "supplier" ("organization_id", "number");
CREATE INDEX "ix_supplier_organization_id_standing_number" ON "supplier" ("organization_id", "standing", "number");
CREATE UNIQUE INDEX "ix_supplier_certificate_organization_id_number" ON "supplier_certificate" ("organization_id", "number");
CREATE INDEX "ix_supplier_certificate_organization_id_supplier_id" ON "supplier_certificate" ("organization_id", "supplier_id");
CREATE UNIQUE INDEX "ix_supplier_questionnaire_organization_id_number" ON "supplier_questionnaire" ("organization_id", "number");
CREATE UNIQUE INDEX "ix_supplier_questionnaire_organization_id_secret_hash" ON "supplier_questionnaire" ("organization_id", "secret_hash");
CREATE INDEX "ix_supplier_questionnaire_organization_id_supplier_id" ON "supplier_questionnaire" ("organization_id", "supplier_id");

-- The words of documents, kept by triggers; a draft that nobody filled yet is found by its text with fields.
CREATE VIRTUAL TABLE "document_text" USING fts5(organization_id UNINDEXED, version_id UNINDEXED, title, body, tokenize = 'unicode61 remove_diacritics 2');

CREATE TRIGGER "document_version_text_insert" AFTER INSERT ON "document_version"
BEGIN
    INSERT INTO document_text(rowid, organization_id, version_id, title, body)
    VALUES (new.rowid, new.organization_id, new.id, new.title, CASE new.text WHEN '' THEN new.source ELSE new.text END);
END;

CREATE TRIGGER "document_version_text_update" AFTER UPDATE OF "title", "text", "source" ON "document_version"
BEGIN
    UPDATE document_text SET title = new.title, body = CASE new.text WHEN '' THEN new.source ELSE new.text END WHERE rowid = new.rowid;
END;

CREATE TRIGGER "document_version_text_delete" AFTER DELETE ON "document_version"
BEGIN
    DELETE FROM document_text WHERE rowid = old.rowid;
END;
