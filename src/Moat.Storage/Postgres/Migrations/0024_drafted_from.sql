-- Which answers of the interview, or which asset, a drafted record rests on.

ALTER TABLE asset ADD COLUMN drafted_from character varying(4000) NOT NULL DEFAULT '[]';
ALTER TABLE business_objective ADD COLUMN drafted_from character varying(4000) NOT NULL DEFAULT '[]';
ALTER TABLE cadence ADD COLUMN drafted_from character varying(4000) NOT NULL DEFAULT '[]';
ALTER TABLE communication_entry ADD COLUMN drafted_from character varying(4000) NOT NULL DEFAULT '[]';
ALTER TABLE competence_need ADD COLUMN drafted_from character varying(4000) NOT NULL DEFAULT '[]';
ALTER TABLE context_issue ADD COLUMN drafted_from character varying(4000) NOT NULL DEFAULT '[]';
ALTER TABLE control ADD COLUMN drafted_from character varying(4000) NOT NULL DEFAULT '[]';
ALTER TABLE document ADD COLUMN drafted_from character varying(4000) NOT NULL DEFAULT '[]';
ALTER TABLE interested_party ADD COLUMN drafted_from character varying(4000) NOT NULL DEFAULT '[]';
ALTER TABLE objective ADD COLUMN drafted_from character varying(4000) NOT NULL DEFAULT '[]';
ALTER TABLE obligation ADD COLUMN drafted_from character varying(4000) NOT NULL DEFAULT '[]';
ALTER TABLE risk ADD COLUMN drafted_from character varying(4000) NOT NULL DEFAULT '[]';
ALTER TABLE role_assignment ADD COLUMN drafted_from character varying(4000) NOT NULL DEFAULT '[]';
ALTER TABLE scope ADD COLUMN drafted_from character varying(4000) NOT NULL DEFAULT '[]';
ALTER TABLE supplier ADD COLUMN drafted_from character varying(4000) NOT NULL DEFAULT '[]';
