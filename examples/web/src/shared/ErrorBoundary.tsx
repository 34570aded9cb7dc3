import { Component, type ComponentChildren } from 'preact';

interface ErrorBoundaryProps {
  /** Grows with every page that is gone to: another page is tried afresh. */
  visit: number;
  /** Is told once what has broken is gone. */
  onBroken?: () => void;
  children: ComponentChildren;
}

/** A mistake of ours in one page leaves the frame and every other page as they are. */
export class ErrorBoundary extends Component<ErrorBoundaryProps, { failedAt: number | null }> {
  override state: { failedAt: number | null } = { failedAt: null };

  override componentDidCatch(error: unknown) {
    console.error(error);
    this.setState({ failedAt: this.props.visit }, this.props.onBroken);
  }

  override render({ visit, children }: ErrorBoundaryProps) {
    if (this.state.failedAt !== visit) return children;
    return (
      <>
        <h1 tabIndex={-1}>This page has broken</h1>
        <div class="notice trouble" role="alert">
          <p>
            <strong>That was a mistake of ours.</strong> Nothing is done twice. Load it again, or go to another
            page.
          </p>
          <div class="actions">
            <button type="button" onClick={() => location.reload()}>
              Load it again
            </button>
          </div>
        </div>
      </>
    );
  }
}
