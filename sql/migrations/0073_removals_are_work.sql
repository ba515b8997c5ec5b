-- migrate:up

SET ROLE owner;

ALTER TABLE register.court_list DROP CONSTRAINT court_list_state_known;
ALTER TABLE register.court_list ADD CONSTRAINT court_list_state_known CHECK (
    state IN (
        'checking', 'refused', 'checked', 'removing', 'approved', 'applying', 'applied', 'failed', 'discarded',
        'undoing', 'undone'
    )
);
COMMENT ON COLUMN register.court_list.asked_by IS
'Who asked for what is being done, or was: that the list takes effect, or that those leave who have a stated cause.';
COMMENT ON COLUMN register.court_list.failure IS
'Why it was refused, or did not take effect: a sentence in Chinese, and on the next line the same in English.';

RESET ROLE;

-- migrate:down

UPDATE register.court_list SET state = 'checked' WHERE state = 'removing';
ALTER TABLE register.court_list DROP CONSTRAINT court_list_state_known;
ALTER TABLE register.court_list ADD CONSTRAINT court_list_state_known CHECK (
    state IN (
        'checking', 'refused', 'checked', 'approved', 'applying', 'applied', 'failed', 'discarded', 'undoing', 'undone'
    )
);
COMMENT ON COLUMN register.court_list.asked_by IS NULL;
COMMENT ON COLUMN register.court_list.failure IS NULL;
