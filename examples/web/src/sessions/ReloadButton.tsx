import { useRefresh } from '@peer-exchange/client/hooks';

/** Out of a dialog whose session is no longer as it was shown. */
export function ReloadButton({ onClose }: { onClose: () => void }) {
  const refresh = useRefresh();
  return (
    <button
      type="button"
      class="primary"
      onClick={() => {
        void refresh();
        onClose();
      }}
    >
      Load your sessions again
    </button>
  );
}
