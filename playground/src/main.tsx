/** Starts the page; or, in a worker, waits for tasks. */
import './tokens.css';
import './page.css';
import './ui/layout.css';
import { startPage } from './app.tsx';
import { answerOrders } from './worker.ts';

if (typeof document === 'undefined') answerOrders();
else {
  // The digits come after the script.
  addEventListener('DOMContentLoaded', () => void startPage());
}
