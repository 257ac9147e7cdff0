CREATE TABLE "api_token" (
    "organization_id" TEXT NOT NULL,
    "id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "role" TEXT NOT NULL,
    "secret_hash" TEXT NOT NULL,
    "expires_at" TEXT NOT NULL,
    "revoked_at" TEXT NULL,
    "version" INTEGER NOT NULL,
    "created_at" TEXT NOT NULL,
    "changed_at" TEXT NOT NULL,
    "changed_by" TEXT NOT NULL,
    "number" INTEGER NOT NULL,
    "search" TEXT NOT NULL,
    CONSTRAINT "pk_api_token" PRIMARY KEY ("organization_id", "id")
);


CREATE TABLE "asset" (
    "organization_id" TEXT NOT NULL,
    "id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "description" TEXT NULL,
    "location" TEXT NULL,
    "owner_id" TEXT NULL,
    "crown_jewel" INTEGER NOT NULL,
    "in_scope" INTEGER NOT NULL,
    "external_id" TEXT NULL,
    "confidentiality" INTEGER NOT NULL,
    "integrity" INTEGER NOT NULL,
    "availability" INTEGER NOT NULL,
    "needs_confidentiality" INTEGER NOT NULL,
    "needs_integrity" INTEGER NOT NULL,
    "needs_availability" INTEGER NOT NULL,
    "need" INTEGER NOT NULL,
    "version" INTEGER NOT NULL,
    "created_at" TEXT NOT NULL,
    "changed_at" TEXT NOT NULL,
    "changed_by" TEXT NOT NULL,
    "number" INTEGER NOT NULL,
    "search" TEXT NOT NULL,
    "standing" TEXT NOT NULL,
    "why_proposed" TEXT NULL,
    "source" TEXT NULL,
    CONSTRAINT "pk_asset" PRIMARY KEY ("organization_id", "id")
);


CREATE TABLE "bill_of_materials" (
    "organization_id" TEXT NOT NULL,
    "id" TEXT NOT NULL,
    "file_name" TEXT NOT NULL,
    "format" TEXT NOT NULL,
    "serial" TEXT NOT NULL,
    "sha256" TEXT NOT NULL,
    "summary" TEXT NOT NULL,
    "version" INTEGER NOT NULL,
    "created_at" TEXT NOT NULL,
    "changed_at" TEXT NOT NULL,
    "changed_by" TEXT NOT NULL,
    "number" INTEGER NOT NULL,
    "search" TEXT NOT NULL,
    CONSTRAINT "pk_bill_of_materials" PRIMARY KEY ("organization_id", "id")
);


CREATE TABLE "commitment" (
    "organization_id" TEXT NOT NULL,
    "id" TEXT NOT NULL,
    "statement" TEXT NOT NULL,
    "path" TEXT NOT NULL,
    "budget_eur" INTEGER NOT NULL,
    "days" INTEGER NOT NULL,
    "given_by" TEXT NOT NULL,
    "given_on" TEXT NOT NULL,
    "version" INTEGER NOT NULL,
    "created_at" TEXT NOT NULL,
    "changed_at" TEXT NOT NULL,
    "changed_by" TEXT NOT NULL,
    "number" INTEGER NOT NULL,
    "search" TEXT NOT NULL,
    CONSTRAINT "pk_commitment" PRIMARY KEY ("organization_id", "id")
);


CREATE TABLE "company_profile" (
    "organization_id" TEXT NOT NULL,
    "id" TEXT NOT NULL,
    "answers" TEXT NOT NULL,
    "facts" TEXT NOT NULL,
    "completed_at" TEXT NULL,
    "version" INTEGER NOT NULL,
    "created_at" TEXT NOT NULL,
    "changed_at" TEXT NOT NULL,
    "changed_by" TEXT NOT NULL,
    "number" INTEGER NOT NULL,
    "search" TEXT NOT NULL,
    CONSTRAINT "pk_company_profile" PRIMARY KEY ("organization_id", "id")
);


CREATE TABLE "context_issue" (
    "organization_id" TEXT NOT NULL,
    "id" TEXT NOT NULL,
    "title" TEXT NOT NULL,
    "side" TEXT NOT NULL,
    "effect" TEXT NOT NULL,
    "is_climate" INTEGER NOT NULL,
    "relevant" INTEGER NULL,
    "version" INTEGER NOT NULL,
    "created_at" TEXT NOT NULL,
    "changed_at" TEXT NOT NULL,
    "changed_by" TEXT NOT NULL,
    "number" INTEGER NOT NULL,
    "search" TEXT NOT NULL,
    "standing" TEXT NOT NULL,
    "why_proposed" TEXT NULL,
    "source" TEXT NULL,
    CONSTRAINT "pk_context_issue" PRIMARY KEY ("organization_id", "id")
);


CREATE TABLE "control" (
    "organization_id" TEXT NOT NULL,
    "id" TEXT NOT NULL,
    "code" TEXT NOT NULL,
    "title" TEXT NOT NULL,
    "order" INTEGER NOT NULL,
    "applicability" TEXT NOT NULL,
    "reason_kinds" TEXT NOT NULL,
    "justification" TEXT NULL,
    "implementation" TEXT NOT NULL,
    "how_done" TEXT NULL,
    "owner_id" TEXT NULL,
    "version" INTEGER NOT NULL,
    "created_at" TEXT NOT NULL,
    "changed_at" TEXT NOT NULL,
    "changed_by" TEXT NOT NULL,
    "number" INTEGER NOT NULL,
    "search" TEXT NOT NULL,
    "standing" TEXT NOT NULL,
    "why_proposed" TEXT NULL,
    "source" TEXT NULL,
    CONSTRAINT "pk_control" PRIMARY KEY ("organization_id", "id")
);


CREATE TABLE "evidence_item" (
    "organization_id" TEXT NOT NULL,
    "id" TEXT NOT NULL,
    "title" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "text" TEXT NULL,
    "file_name" TEXT NULL,
    "content_type" TEXT NULL,
    "size" INTEGER NOT NULL,
    "sha256" TEXT NOT NULL,
    "period_from" TEXT NOT NULL,
    "period_to" TEXT NOT NULL,
    "valid_until" TEXT NOT NULL,
    "collected_by" TEXT NOT NULL,
    "withdrawn_at" TEXT NULL,
    "withdrawn_because" TEXT NULL,
    "version" INTEGER NOT NULL,
    "created_at" TEXT NOT NULL,
    "changed_at" TEXT NOT NULL,
    "changed_by" TEXT NOT NULL,
    "number" INTEGER NOT NULL,
    "search" TEXT NOT NULL,
    CONSTRAINT "pk_evidence_item" PRIMARY KEY ("organization_id", "id")
);


CREATE TABLE "interested_party" (
    "organization_id" TEXT NOT NULL,
    "id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "needs" TEXT NOT NULL,
    "answer" TEXT NOT NULL,
    "version" INTEGER NOT NULL,
    "created_at" TEXT NOT NULL,
    "changed_at" TEXT NOT NULL,
    "changed_by" TEXT NOT NULL,
    "number" INTEGER NOT NULL,
    "search" TEXT NOT NULL,
    "standing" TEXT NOT NULL,
    "why_proposed" TEXT NULL,
    "source" TEXT NULL,
    CONSTRAINT "pk_interested_party" PRIMARY KEY ("organization_id", "id")
);


CREATE TABLE "invitation" (
    "organization_id" TEXT NOT NULL,
    "id" TEXT NOT NULL,
    "email" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "role" TEXT NOT NULL,
    "secret_hash" TEXT NOT NULL,
    "expires_at" TEXT NOT NULL,
    "accepted_at" TEXT NULL,
    "version" INTEGER NOT NULL,
    "created_at" TEXT NOT NULL,
    "changed_at" TEXT NOT NULL,
    "changed_by" TEXT NOT NULL,
    "number" INTEGER NOT NULL,
    "search" TEXT NOT NULL,
    CONSTRAINT "pk_invitation" PRIMARY KEY ("organization_id", "id")
);


CREATE TABLE "journal_entry" (
    "organization_id" TEXT NOT NULL,
    "sequence" INTEGER NOT NULL,
    "at" TEXT NOT NULL,
    "actor_id" TEXT NULL,
    "actor" TEXT NOT NULL,
    "door" TEXT NOT NULL,
    "operation" TEXT NOT NULL,
    "reason" TEXT NULL,
    "subjects" TEXT NOT NULL,
    "changes" TEXT NOT NULL,
    "changes_hash" TEXT NOT NULL,
    "leaf" BLOB NOT NULL,
    CONSTRAINT "pk_journal_entry" PRIMARY KEY ("organization_id", "sequence")
);


CREATE TABLE "journal_head" (
    "organization_id" TEXT NOT NULL CONSTRAINT "pk_journal_head" PRIMARY KEY,
    "size" INTEGER NOT NULL,
    "edge" TEXT NOT NULL,
    "checkpoint" TEXT NOT NULL,
    "verifier_key" TEXT NOT NULL
);


CREATE TABLE "link" (
    "organization_id" TEXT NOT NULL,
    "id" TEXT NOT NULL,
    "type" TEXT NOT NULL,
    "from_kind" TEXT NOT NULL,
    "from_id" TEXT NOT NULL,
    "to_kind" TEXT NOT NULL,
    "to_id" TEXT NOT NULL,
    "source" TEXT NULL,
    "version" INTEGER NOT NULL,
    "created_at" TEXT NOT NULL,
    "changed_at" TEXT NOT NULL,
    "changed_by" TEXT NOT NULL,
    CONSTRAINT "pk_link" PRIMARY KEY ("organization_id", "id")
);


CREATE TABLE "membership" (
    "organization_id" TEXT NOT NULL,
    "id" TEXT NOT NULL,
    "user_id" TEXT NOT NULL,
    "email" TEXT NOT NULL,
    "person_id" TEXT NOT NULL,
    "role" TEXT NOT NULL,
    "until" TEXT NULL,
    "revoked_at" TEXT NULL,
    "version" INTEGER NOT NULL,
    "created_at" TEXT NOT NULL,
    "changed_at" TEXT NOT NULL,
    "changed_by" TEXT NOT NULL,
    "number" INTEGER NOT NULL,
    "search" TEXT NOT NULL,
    CONSTRAINT "pk_membership" PRIMARY KEY ("organization_id", "id")
);


CREATE TABLE "objective" (
    "organization_id" TEXT NOT NULL,
    "id" TEXT NOT NULL,
    "title" TEXT NOT NULL,
    "metric" TEXT NOT NULL,
    "unit" TEXT NOT NULL,
    "target" TEXT NOT NULL,
    "comparator" TEXT NOT NULL,
    "period" TEXT NOT NULL,
    "measured_by" TEXT NOT NULL,
    "plan" TEXT NOT NULL,
    "owner_id" TEXT NULL,
    "due_on" TEXT NULL,
    "version" INTEGER NOT NULL,
    "created_at" TEXT NOT NULL,
    "changed_at" TEXT NOT NULL,
    "changed_by" TEXT NOT NULL,
    "number" INTEGER NOT NULL,
    "search" TEXT NOT NULL,
    "standing" TEXT NOT NULL,
    "why_proposed" TEXT NULL,
    "source" TEXT NULL,
    CONSTRAINT "pk_objective" PRIMARY KEY ("organization_id", "id")
);


CREATE TABLE "obligation" (
    "organization_id" TEXT NOT NULL,
    "id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "asks" TEXT NOT NULL,
    "controls" TEXT NOT NULL,
    "version" INTEGER NOT NULL,
    "created_at" TEXT NOT NULL,
    "changed_at" TEXT NOT NULL,
    "changed_by" TEXT NOT NULL,
    "number" INTEGER NOT NULL,
    "search" TEXT NOT NULL,
    "standing" TEXT NOT NULL,
    "why_proposed" TEXT NULL,
    "source" TEXT NULL,
    CONSTRAINT "pk_obligation" PRIMARY KEY ("organization_id", "id")
);


CREATE TABLE "organization" (
    "id" TEXT NOT NULL CONSTRAINT "pk_organization" PRIMARY KEY,
    "slug" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "created_at" TEXT NOT NULL
);


CREATE TABLE "person" (
    "organization_id" TEXT NOT NULL,
    "id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "email" TEXT NOT NULL,
    "department" TEXT NULL,
    "job_title" TEXT NULL,
    "left_on" TEXT NULL,
    "version" INTEGER NOT NULL,
    "created_at" TEXT NOT NULL,
    "changed_at" TEXT NOT NULL,
    "changed_by" TEXT NOT NULL,
    "number" INTEGER NOT NULL,
    "search" TEXT NOT NULL,
    CONSTRAINT "pk_person" PRIMARY KEY ("organization_id", "id")
);


CREATE TABLE "pulse_point" (
    "organization_id" TEXT NOT NULL,
    "id" TEXT NOT NULL,
    "on" TEXT NOT NULL,
    "documented" INTEGER NOT NULL,
    "operating" INTEGER NOT NULL,
    "improving" INTEGER NOT NULL,
    "version" INTEGER NOT NULL,
    "created_at" TEXT NOT NULL,
    "changed_at" TEXT NOT NULL,
    "changed_by" TEXT NOT NULL,
    "number" INTEGER NOT NULL,
    "search" TEXT NOT NULL,
    CONSTRAINT "pk_pulse_point" PRIMARY KEY ("organization_id", "id")
);


CREATE TABLE "reference_counter" (
    "organization_id" TEXT NOT NULL,
    "prefix" TEXT NOT NULL,
    "last" INTEGER NOT NULL,
    CONSTRAINT "pk_reference_counter" PRIMARY KEY ("organization_id", "prefix")
);


CREATE TABLE "risk" (
    "organization_id" TEXT NOT NULL,
    "id" TEXT NOT NULL,
    "title" TEXT NOT NULL,
    "threat_id" TEXT NULL,
    "cause" TEXT NOT NULL,
    "consequence" TEXT NOT NULL,
    "harms" TEXT NOT NULL,
    "owner_id" TEXT NULL,
    "inherent_likelihood" INTEGER NOT NULL,
    "inherent_impact" INTEGER NOT NULL,
    "current_likelihood" INTEGER NOT NULL,
    "current_impact" INTEGER NOT NULL,
    "residual_likelihood" INTEGER NOT NULL,
    "residual_impact" INTEGER NOT NULL,
    "inherent_score" INTEGER NOT NULL,
    "current_score" INTEGER NOT NULL,
    "residual_score" INTEGER NOT NULL,
    "rationale" TEXT NULL,
    "assessed_at" TEXT NULL,
    "treatment" TEXT NOT NULL,
    "treatment_plan" TEXT NULL,
    "accepted_until" TEXT NULL,
    "version" INTEGER NOT NULL,
    "created_at" TEXT NOT NULL,
    "changed_at" TEXT NOT NULL,
    "changed_by" TEXT NOT NULL,
    "number" INTEGER NOT NULL,
    "search" TEXT NOT NULL,
    "standing" TEXT NOT NULL,
    "why_proposed" TEXT NULL,
    "source" TEXT NULL,
    CONSTRAINT "pk_risk" PRIMARY KEY ("organization_id", "id")
);


CREATE TABLE "risk_acceptance" (
    "organization_id" TEXT NOT NULL,
    "id" TEXT NOT NULL,
    "risk_id" TEXT NOT NULL,
    "accepted_by" TEXT NOT NULL,
    "reason" TEXT NOT NULL,
    "until" TEXT NOT NULL,
    "frozen_state" TEXT NOT NULL,
    "withdrawn_at" TEXT NULL,
    "version" INTEGER NOT NULL,
    "created_at" TEXT NOT NULL,
    "changed_at" TEXT NOT NULL,
    "changed_by" TEXT NOT NULL,
    "number" INTEGER NOT NULL,
    "search" TEXT NOT NULL,
    CONSTRAINT "pk_risk_acceptance" PRIMARY KEY ("organization_id", "id")
);


CREATE TABLE "risk_method" (
    "organization_id" TEXT NOT NULL,
    "id" TEXT NOT NULL,
    "criteria" TEXT NOT NULL,
    "likelihood_scale" TEXT NOT NULL,
    "impact_scale" TEXT NOT NULL,
    "appetite" INTEGER NOT NULL,
    "high" INTEGER NOT NULL,
    "state" TEXT NOT NULL,
    "approved_by" TEXT NULL,
    "approved_at" TEXT NULL,
    "version" INTEGER NOT NULL,
    "created_at" TEXT NOT NULL,
    "changed_at" TEXT NOT NULL,
    "changed_by" TEXT NOT NULL,
    "number" INTEGER NOT NULL,
    "search" TEXT NOT NULL,
    CONSTRAINT "pk_risk_method" PRIMARY KEY ("organization_id", "id")
);


CREATE TABLE "role_assignment" (
    "organization_id" TEXT NOT NULL,
    "id" TEXT NOT NULL,
    "key" TEXT NOT NULL,
    "title" TEXT NOT NULL,
    "duties" TEXT NOT NULL,
    "person_id" TEXT NULL,
    "version" INTEGER NOT NULL,
    "created_at" TEXT NOT NULL,
    "changed_at" TEXT NOT NULL,
    "changed_by" TEXT NOT NULL,
    "number" INTEGER NOT NULL,
    "search" TEXT NOT NULL,
    "standing" TEXT NOT NULL,
    "why_proposed" TEXT NULL,
    "source" TEXT NULL,
    CONSTRAINT "pk_role_assignment" PRIMARY KEY ("organization_id", "id")
);


CREATE TABLE "scope" (
    "organization_id" TEXT NOT NULL,
    "id" TEXT NOT NULL,
    "statement" TEXT NOT NULL,
    "boundaries" TEXT NOT NULL,
    "exclusions" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "approved_by" TEXT NULL,
    "approved_at" TEXT NULL,
    "version" INTEGER NOT NULL,
    "created_at" TEXT NOT NULL,
    "changed_at" TEXT NOT NULL,
    "changed_by" TEXT NOT NULL,
    "number" INTEGER NOT NULL,
    "search" TEXT NOT NULL,
    "standing" TEXT NOT NULL,
    "why_proposed" TEXT NULL,
    "source" TEXT NULL,
    CONSTRAINT "pk_scope" PRIMARY KEY ("organization_id", "id")
);


CREATE TABLE "soa" (
    "organization_id" TEXT NOT NULL,
    "id" TEXT NOT NULL,
    "rows" TEXT NOT NULL,
    "sha256" TEXT NOT NULL,
    "applicable" INTEGER NOT NULL,
    "excluded" INTEGER NOT NULL,
    "approved_by" TEXT NOT NULL,
    "sole_author" INTEGER NOT NULL,
    "change_note" TEXT NOT NULL,
    "version" INTEGER NOT NULL,
    "created_at" TEXT NOT NULL,
    "changed_at" TEXT NOT NULL,
    "changed_by" TEXT NOT NULL,
    "number" INTEGER NOT NULL,
    "search" TEXT NOT NULL,
    CONSTRAINT "pk_soa" PRIMARY KEY ("organization_id", "id")
);


CREATE TABLE "work_item" (
    "organization_id" TEXT NOT NULL,
    "id" TEXT NOT NULL,
    "title" TEXT NOT NULL,
    "why" TEXT NOT NULL,
    "purpose" TEXT NOT NULL,
    "subject_ref" TEXT NOT NULL,
    "subject_id" TEXT NOT NULL,
    "owner_id" TEXT NULL,
    "due_on" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "closed_at" TEXT NULL,
    "outcome" TEXT NULL,
    "version" INTEGER NOT NULL,
    "created_at" TEXT NOT NULL,
    "changed_at" TEXT NOT NULL,
    "changed_by" TEXT NOT NULL,
    "number" INTEGER NOT NULL,
    "search" TEXT NOT NULL,
    CONSTRAINT "pk_work_item" PRIMARY KEY ("organization_id", "id")
);


CREATE UNIQUE INDEX "ix_api_token_organization_id_number" ON "api_token" ("organization_id", "number");


CREATE UNIQUE INDEX "ix_api_token_organization_id_secret_hash" ON "api_token" ("organization_id", "secret_hash");


CREATE INDEX "ix_asset_organization_id_external_id" ON "asset" ("organization_id", "external_id");


CREATE INDEX "ix_asset_organization_id_need_number" ON "asset" ("organization_id", "need", "number");


CREATE UNIQUE INDEX "ix_asset_organization_id_number" ON "asset" ("organization_id", "number");


CREATE INDEX "ix_asset_organization_id_standing_number" ON "asset" ("organization_id", "standing", "number");


CREATE UNIQUE INDEX "ix_bill_of_materials_organization_id_number" ON "bill_of_materials" ("organization_id", "number");


CREATE UNIQUE INDEX "ix_commitment_organization_id_number" ON "commitment" ("organization_id", "number");


CREATE UNIQUE INDEX "ix_company_profile_organization_id_number" ON "company_profile" ("organization_id", "number");


CREATE UNIQUE INDEX "ix_context_issue_organization_id_number" ON "context_issue" ("organization_id", "number");


CREATE INDEX "ix_context_issue_organization_id_standing_number" ON "context_issue" ("organization_id", "standing", "number");


CREATE UNIQUE INDEX "ix_control_organization_id_code" ON "control" ("organization_id", "code");


CREATE UNIQUE INDEX "ix_control_organization_id_number" ON "control" ("organization_id", "number");


CREATE INDEX "ix_control_organization_id_order_number" ON "control" ("organization_id", "order", "number");


CREATE INDEX "ix_control_organization_id_standing_number" ON "control" ("organization_id", "standing", "number");


CREATE UNIQUE INDEX "ix_evidence_item_organization_id_number" ON "evidence_item" ("organization_id", "number");


CREATE INDEX "ix_evidence_item_organization_id_sha256" ON "evidence_item" ("organization_id", "sha256");


CREATE UNIQUE INDEX "ix_interested_party_organization_id_number" ON "interested_party" ("organization_id", "number");


CREATE INDEX "ix_interested_party_organization_id_standing_number" ON "interested_party" ("organization_id", "standing", "number");


CREATE UNIQUE INDEX "ix_invitation_organization_id_number" ON "invitation" ("organization_id", "number");


CREATE UNIQUE INDEX "ix_invitation_organization_id_secret_hash" ON "invitation" ("organization_id", "secret_hash");


CREATE UNIQUE INDEX "ix_link_organization_id_from_id_type_to_id" ON "link" ("organization_id", "from_id", "type", "to_id");


CREATE INDEX "ix_link_organization_id_to_id_type" ON "link" ("organization_id", "to_id", "type");


CREATE UNIQUE INDEX "ix_membership_organization_id_number" ON "membership" ("organization_id", "number");


CREATE UNIQUE INDEX "ix_membership_organization_id_user_id" ON "membership" ("organization_id", "user_id");


CREATE INDEX "ix_membership_user_id" ON "membership" ("user_id");


CREATE UNIQUE INDEX "ix_objective_organization_id_number" ON "objective" ("organization_id", "number");


CREATE INDEX "ix_objective_organization_id_standing_number" ON "objective" ("organization_id", "standing", "number");


CREATE UNIQUE INDEX "ix_obligation_organization_id_number" ON "obligation" ("organization_id", "number");


CREATE INDEX "ix_obligation_organization_id_standing_number" ON "obligation" ("organization_id", "standing", "number");


CREATE UNIQUE INDEX "ix_organization_slug" ON "organization" ("slug");


CREATE UNIQUE INDEX "ix_person_organization_id_email" ON "person" ("organization_id", "email");


CREATE UNIQUE INDEX "ix_person_organization_id_number" ON "person" ("organization_id", "number");


CREATE UNIQUE INDEX "ix_pulse_point_organization_id_number" ON "pulse_point" ("organization_id", "number");


CREATE INDEX "ix_pulse_point_organization_id_on" ON "pulse_point" ("organization_id", "on");


CREATE INDEX "ix_risk_organization_id_current_score_number" ON "risk" ("organization_id", "current_score", "number");


CREATE INDEX "ix_risk_organization_id_inherent_score_number" ON "risk" ("organization_id", "inherent_score", "number");


CREATE UNIQUE INDEX "ix_risk_organization_id_number" ON "risk" ("organization_id", "number");


CREATE INDEX "ix_risk_organization_id_owner_id_number" ON "risk" ("organization_id", "owner_id", "number");


CREATE INDEX "ix_risk_organization_id_standing_number" ON "risk" ("organization_id", "standing", "number");


CREATE UNIQUE INDEX "ix_risk_acceptance_organization_id_number" ON "risk_acceptance" ("organization_id", "number");


CREATE INDEX "ix_risk_acceptance_organization_id_risk_id" ON "risk_acceptance" ("organization_id", "risk_id");


CREATE UNIQUE INDEX "ix_risk_method_organization_id_number" ON "risk_method" ("organization_id", "number");


CREATE UNIQUE INDEX "ix_role_assignment_organization_id_number" ON "role_assignment" ("organization_id", "number");


CREATE INDEX "ix_role_assignment_organization_id_standing_number" ON "role_assignment" ("organization_id", "standing", "number");


CREATE UNIQUE INDEX "ix_scope_organization_id_number" ON "scope" ("organization_id", "number");


CREATE INDEX "ix_scope_organization_id_standing_number" ON "scope" ("organization_id", "standing", "number");


CREATE UNIQUE INDEX "ix_soa_organization_id_number" ON "soa" ("organization_id", "number");


CREATE UNIQUE INDEX "ix_work_item_organization_id_number" ON "work_item" ("organization_id", "number");


CREATE INDEX "ix_work_item_organization_id_state_owner_id_due_on" ON "work_item" ("organization_id", "state", "owner_id", "due_on");


CREATE INDEX "ix_work_item_organization_id_subject_id" ON "work_item" ("organization_id", "subject_id");



CREATE TABLE "account" (
    "id" TEXT NOT NULL CONSTRAINT "pk_account" PRIMARY KEY,
    "display_name" TEXT NOT NULL,
    "user_name" TEXT NULL,
    "normalized_user_name" TEXT NULL,
    "email" TEXT NULL,
    "normalized_email" TEXT NULL,
    "email_confirmed" INTEGER NOT NULL,
    "password_hash" TEXT NULL,
    "security_stamp" TEXT NULL,
    "concurrency_stamp" TEXT NULL,
    "phone_number" TEXT NULL,
    "phone_number_confirmed" INTEGER NOT NULL,
    "two_factor_enabled" INTEGER NOT NULL,
    "lockout_end" TEXT NULL,
    "lockout_enabled" INTEGER NOT NULL,
    "access_failed_count" INTEGER NOT NULL
);


CREATE TABLE "account_claim" (
    "id" INTEGER NOT NULL CONSTRAINT "pk_account_claim" PRIMARY KEY AUTOINCREMENT,
    "user_id" TEXT NOT NULL,
    "claim_type" TEXT NULL,
    "claim_value" TEXT NULL,
    CONSTRAINT "fk_account_claim_account_user_id" FOREIGN KEY ("user_id") REFERENCES "account" ("id") ON DELETE CASCADE
);


CREATE TABLE "account_login" (
    "login_provider" TEXT NOT NULL,
    "provider_key" TEXT NOT NULL,
    "provider_display_name" TEXT NULL,
    "user_id" TEXT NOT NULL,
    CONSTRAINT "pk_account_login" PRIMARY KEY ("login_provider", "provider_key"),
    CONSTRAINT "fk_account_login_account_user_id" FOREIGN KEY ("user_id") REFERENCES "account" ("id") ON DELETE CASCADE
);


CREATE TABLE "account_token" (
    "user_id" TEXT NOT NULL,
    "login_provider" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "value" TEXT NULL,
    CONSTRAINT "pk_account_token" PRIMARY KEY ("user_id", "login_provider", "name"),
    CONSTRAINT "fk_account_token_account_user_id" FOREIGN KEY ("user_id") REFERENCES "account" ("id") ON DELETE CASCADE
);


CREATE INDEX "EmailIndex" ON "account" ("normalized_email");


CREATE UNIQUE INDEX "UserNameIndex" ON "account" ("normalized_user_name");


CREATE INDEX "ix_account_claim_user_id" ON "account_claim" ("user_id");


CREATE INDEX "ix_account_login_user_id" ON "account_login" ("user_id");




-- The journal is append-only, whatever program writes to the file.
CREATE TRIGGER "journal_entry_no_update" BEFORE UPDATE ON "journal_entry"
BEGIN
    SELECT RAISE(ABORT, 'the journal is append-only');
END;

CREATE TRIGGER "journal_entry_no_delete" BEFORE DELETE ON "journal_entry"
BEGIN
    SELECT RAISE(ABORT, 'the journal is append-only');
END;
