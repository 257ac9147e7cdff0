-- Memberships stand behind the wall between organisations, too. A sign-in asks where an account belongs before it knows an organisation:
-- it says which account it asks for and sees the memberships of that one.

ALTER TABLE membership ENABLE ROW LEVEL SECURITY;
ALTER TABLE membership FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON membership USING (
    organization_id = (SELECT nullif(nullif(current_setting('moat.organization', true), '*'), '')::uuid)
    OR (SELECT current_setting('moat.organization', true) = '*'));
CREATE POLICY own_account ON membership FOR SELECT USING (
    user_id = (SELECT nullif(current_setting('moat.account', true), '')::uuid));
