// Drawn on a grid of 24 by 24; always beside words, never instead of them.
const PATHS = {
  credits: 'M12 3a9 9 0 1 0 0 18a9 9 0 1 0 0-18M15 9.5a3.5 3.5 0 1 0 0 5',
  find: 'M10.5 4a6.5 6.5 0 1 0 0 13a6.5 6.5 0 1 0 0-13M15.5 15.5L20 20',
  sessions: 'M5 6h14v14H5zM5 10.5h14M9 3.5v4M15 3.5v4',
  practice: 'M4 20V10l8-6 8 6v10zM9.5 20v-6h5v6',
  notifications: 'M6 17V11a6 6 0 0 1 12 0v6l1.5 1.5h-15zM10.5 21h3',
};

export function Icon({ name }: { name: keyof typeof PATHS }) {
  return (
    <svg class="icon" viewBox="0 0 24 24" aria-hidden="true">
      <path d={PATHS[name]} />
    </svg>
  );
}
