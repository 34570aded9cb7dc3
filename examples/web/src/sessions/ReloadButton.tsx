import { useAccount } from '../shared/account';

/** Out of a dialog whose session is no longer as it was shown. */
export function ReloadButton({ onClose }: { onClose: () => void }) {
  const { changed } = useAccount();
  return (
    <button
      type="button"
      class="primary"
      onClick={() => {
        changed();
        onClose();
      }}
    >
      Load your sessions again
    </button>
  );
}
