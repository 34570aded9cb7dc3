import '@fontsource-variable/inter/wght.css';
import { render } from 'preact';
import { App } from './app';
import { ErrorBoundary } from './shared/ErrorBoundary';
import './style/index.css';

render(
  <ErrorBoundary visit={0}>
    <App />
  </ErrorBoundary>,
  document.getElementById('app')!,
);
