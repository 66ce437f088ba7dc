/*
 * What the row of an export does not say: its filter as it was settled when it was asked for (`since:2h` means the two
 * hours before that), and the last record that it takes in. Records that came later are left out, so that an export is a
 * consistent picture though it is read in many steps, and by several workers.
 */

const plans = `CREATE TABLE export_plans (
	export_id TEXT PRIMARY KEY,
	tab TEXT NOT NULL,
	filter TEXT NOT NULL,
	is_raw INTEGER NOT NULL,
	up_to_seq INTEGER NOT NULL,
	from_at INTEGER,
	before_at INTEGER,
	file TEXT
) STRICT, WITHOUT ROWID`;

// An export is what its task makes of it: one place says how it stands, whoever ends the task, and how.
const followTask = `CREATE TRIGGER exports_follow_tasks AFTER UPDATE OF status, error ON tasks
	WHEN NEW.export_id IS NOT NULL AND NEW.origin = 'local' AND (NEW.status <> OLD.status OR NEW.error IS NOT OLD.error)
	BEGIN
		UPDATE exports SET status = CASE NEW.status WHEN 'failed' THEN 'error' ELSE NEW.status END, error = NEW.error,
			finished_at = CASE WHEN NEW.status IN ('done', 'failed') THEN NEW.updated_at END,
			rows = CASE WHEN NEW.status = 'done' THEN rows END,
			bytes = CASE WHEN NEW.status = 'done' THEN bytes END,
			sha256 = CASE WHEN NEW.status = 'done' THEN sha256 END
		WHERE id = NEW.export_id;
	END`;

export const exportsSchema: readonly string[] = [plans, followTask];
