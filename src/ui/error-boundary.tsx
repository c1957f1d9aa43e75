import { Component, type ReactNode } from "react";

interface ErrorBoundaryProps {
  /** Shown instead of what broke. `retry` renders that again. */
  renderFallback: (retry: () => void) => ReactNode;
  children: ReactNode;
}

/** Keeps a fault in one part of the page from taking the rest with it. */
export class ErrorBoundary extends Component<ErrorBoundaryProps, { broken: boolean }> {
  override state = { broken: false };

  static getDerivedStateFromError(): { broken: boolean } {
    return { broken: true };
  }

  retry = (): void => this.setState({ broken: false });

  override render(): ReactNode {
    return this.state.broken ? this.props.renderFallback(this.retry) : this.props.children;
  }
}
